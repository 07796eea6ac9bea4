//! The calendar's promises: every day, every month, every working day.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use mizan::domain::calendar::{
    DateFault, Holidays, JalaliDate, LocalOffset, Quarter, QuarterFault, RoundDates, RoundSettings,
    SettingsFault, WorkingDays, WorkingWeek,
};

fn jalali(text: &str) -> NaiveDate {
    JalaliDate::parse(text).unwrap().gregorian()
}

fn holidays(days: &[&str]) -> Holidays {
    days.iter().map(|d| (jalali(d), (*d).to_owned())).collect()
}

#[test]
fn every_day_of_two_hundred_years_comes_back_as_itself() {
    let mut day = jalali_day(1300, 1, 1).gregorian();
    assert_eq!(day, NaiveDate::from_ymd_opt(1921, 3, 21).unwrap());
    for year in 1300..=1500 {
        let mut days_of_year = 0;
        for month in 1..=12 {
            let length = jalali_day(year, month, 1).days_in_month();
            for number in 1..=length {
                let date = jalali_day(year, month, number);
                assert_eq!(date.gregorian(), day, "{date}");
                assert_eq!(JalaliDate::of(day), date);
                assert_eq!(date.weekday(), day.weekday());
                assert_eq!(JalaliDate::parse(&date.slash_fa()), Ok(date));
                day = day.succ_opt().unwrap();
                days_of_year += 1;
            }
            assert_eq!(
                JalaliDate::new(year, month, length + 1),
                Err(DateFault::NoSuchDay)
            );
        }
        assert!(
            days_of_year == 365 || days_of_year == 366,
            "{year}: {days_of_year}"
        );
    }
}

fn jalali_day(year: i32, month: u8, day: u8) -> JalaliDate {
    JalaliDate::new(year, month, day).unwrap()
}

#[test]
fn known_days_fall_where_history_put_them() {
    for (text, year, month, day, weekday) in [
        ("1357/11/22", 1979, 2, 11, Weekday::Sun),
        ("1399/12/30", 2021, 3, 20, Weekday::Sat),
        ("1403/01/01", 2024, 3, 20, Weekday::Wed),
        ("1404/01/01", 2025, 3, 21, Weekday::Fri),
        ("1405/01/01", 2026, 3, 21, Weekday::Sat),
        ("1405/09/03", 2026, 11, 24, Weekday::Tue),
    ] {
        let date = JalaliDate::parse(text).unwrap();
        assert_eq!(
            date.gregorian(),
            NaiveDate::from_ymd_opt(year, month, day).unwrap()
        );
        assert_eq!(date.weekday(), weekday);
    }
}

#[test]
fn leap_years_are_those_of_the_official_calendar() {
    let leap: Vec<i32> = (1395..=1413)
        .filter(|year| JalaliDate::new(*year, 12, 30).is_ok())
        .collect();
    assert_eq!(leap, [1395, 1399, 1403, 1408, 1412]);
}

#[test]
fn a_date_is_read_as_people_type_it() {
    let day = jalali_day(1405, 10, 5);
    for typed in [
        "۱۴۰۵/۱۰/۰۵",
        "1405-10-5",
        " ١٤٠٥/١٠/٥ ",
        "\u{200f}۱۴۰۵/۱۰/۵",
        "1405 / 10 / 5",
    ] {
        assert_eq!(JalaliDate::parse(typed), Ok(day), "{typed}");
    }
}

#[test]
fn what_is_not_a_day_is_refused_with_its_own_reason() {
    for (typed, fault) in [
        ("", DateFault::Empty),
        ("  ", DateFault::Empty),
        ("1404/12/30", DateFault::NoSuchDay),
        ("1404/07/31", DateFault::NoSuchDay),
        ("1404/01/32", DateFault::NoSuchDay),
        ("1404/01/00", DateFault::NoSuchDay),
        ("1404/13/01", DateFault::NoSuchMonth),
        ("1404/00/01", DateFault::NoSuchMonth),
        ("0000/00/00", DateFault::YearOutOfRange),
        ("05/10/15", DateFault::YearOutOfRange),
        ("2025/03/21", DateFault::GregorianYear),
        ("۲۰۲۵-۳-۲۱", DateFault::GregorianYear),
        ("1405/10", DateFault::NotADate),
        ("1405/10/15/1", DateFault::NotADate),
        ("1405/10-15", DateFault::NotADate),
        ("14050/1/1", DateFault::NotADate),
        ("-1405-1-1", DateFault::NotADate),
        ("1405/+1/1", DateFault::NotADate),
        ("فردا", DateFault::NotADate),
    ] {
        assert_eq!(JalaliDate::parse(typed), Err(fault), "{typed}");
    }
    assert!(JalaliDate::parse("1403/12/30").is_ok());
}

#[test]
fn a_date_is_written_as_people_read_it() {
    let day = jalali_day(1405, 10, 15);
    assert_eq!(day.slash_fa(), "۱۴۰۵/۱۰/۱۵");
    assert_eq!(day.slash_latin(), "1405/10/15");
    assert_eq!(day.long_fa(), "۱۵ دی ۱۴۰۵");
    assert_eq!(day.weekday_long_fa(), "سه‌شنبه ۱۵ دی ۱۴۰۵");
    assert_eq!(day.long_en(), "15 Dey 1405");
    assert_eq!(day.weekday_long_en(), "Tuesday 15 Dey 1405");
    assert_eq!(day.to_string(), "1405-10-15");
    assert_eq!(serde_json::to_string(&day).unwrap(), "\"1405-10-15\"");
    assert_eq!(
        serde_json::from_str::<JalaliDate>("\"1405-10-15\"").unwrap(),
        day
    );
    assert!(serde_json::from_str::<JalaliDate>("\"1404-12-30\"").is_err());
}

#[test]
fn quarters_follow_each_other_without_gap_or_overlap() {
    let mut quarter = Quarter::new(1300, 1).unwrap();
    while quarter.year() <= 1500 {
        let next = quarter.next();
        assert_eq!(quarter.last_day().succ_opt().unwrap(), next.first_day());
        assert_eq!(next.previous(), quarter);
        assert_eq!(Quarter::of_day(quarter.first_day()), quarter);
        assert_eq!(Quarter::of_day(quarter.last_day()), quarter);
        assert_eq!(Quarter::parse(&quarter.to_string()), Ok(quarter));
        assert_eq!(quarter.plus(7).since(quarter), 7);
        assert_eq!(quarter.plus(-9).plus(9), quarter);
        quarter = next;
    }
}

#[test]
fn a_quarter_has_a_code_and_a_title() {
    let quarter = Quarter::parse("1405-Q3").unwrap();
    assert_eq!((quarter.year(), quarter.number()), (1405, 3));
    assert_eq!(quarter.title_fa(), "سه‌ماههٔ سوم ۱۴۰۵");
    assert_eq!(quarter.title_en(), "Q3 1405");
    assert_eq!(serde_json::to_string(&quarter).unwrap(), "\"1405-Q3\"");
    assert_eq!(
        JalaliDate::of(Quarter::parse("1403-Q4").unwrap().last_day()).day(),
        30
    );
    for (code, fault) in [
        ("1405-Q5", QuarterFault::NoSuchQuarter),
        ("1405-Q0", QuarterFault::NoSuchQuarter),
        ("2025-Q1", QuarterFault::YearOutOfRange),
        ("1405-q1", QuarterFault::NotACode),
        ("1405-Q1 ", QuarterFault::NotACode),
        ("1405-Q+1", QuarterFault::NotACode),
        ("۱۴۰۵-Q1", QuarterFault::NotACode),
        ("../etc", QuarterFault::NotACode),
    ] {
        assert_eq!(Quarter::parse(code), Err(fault), "{code}");
    }
}

#[test]
fn thursday_counts_only_where_offices_work_on_it() {
    let none = Holidays::default();
    let wednesday = jalali("1405/09/04");
    let short = WorkingDays {
        week: WorkingWeek::default(),
        holidays: &none,
    };
    let long = WorkingDays {
        week: WorkingWeek { thursday: true },
        holidays: &none,
    };
    assert_eq!(short.add_working_days(wednesday, 1), jalali("1405/09/07"));
    assert_eq!(long.add_working_days(wednesday, 1), jalali("1405/09/05"));
    assert_eq!(long.add_working_days(wednesday, 2), jalali("1405/09/07"));
}

#[test]
fn holidays_are_stepped_over_in_both_directions() {
    let nowruz = holidays(&["1405/01/01", "1405/01/02", "1405/01/03", "1405/01/04"]);
    let days = WorkingDays {
        week: WorkingWeek::default(),
        holidays: &nowruz,
    };
    assert_eq!(
        days.add_working_days(jalali("1404/12/29"), 1),
        jalali("1405/01/05")
    );
    assert_eq!(
        days.add_working_days(jalali("1405/01/05"), -1),
        jalali("1404/12/27")
    );
    assert_eq!(
        days.working_days_between(jalali("1404/12/27"), jalali("1405/01/05")),
        1
    );
    assert_eq!(
        days.working_day_at_or_before(jalali("1405/01/02")),
        jalali("1404/12/27")
    );
    assert!(nowruz.knows_year(1405) && !nowruz.knows_year(1404));
}

#[test]
fn adding_working_days_and_counting_them_agree() {
    let some = holidays(&[
        "1405/01/01",
        "1405/01/02",
        "1405/03/14",
        "1405/04/03",
        "1405/11/22",
    ]);
    for thursday in [false, true] {
        let days = WorkingDays {
            week: WorkingWeek { thursday },
            holidays: &some,
        };
        let mut start = jalali("1404/12/20");
        while start < jalali("1405/12/01") {
            for count in [-45, -10, -1, 1, 5, 26, 45] {
                let end = days.add_working_days(start, count);
                assert!(days.is_working(end));
                let between = days.working_days_between(start, end);
                // Backwards, the day counted from is in the span and the day reached is not.
                let seen = i32::from(count < 0 && !days.is_working(start));
                assert_eq!(between, count + seen, "{start} {count}");
            }
            start = start.succ_opt().unwrap();
        }
    }
}

#[test]
fn the_dates_of_a_round_stand_in_the_order_of_the_rule() {
    let none = Holidays::default();
    let settings = RoundSettings::default();
    let quarter = Quarter::parse("1405-Q2").unwrap();
    let dates = RoundDates::lay(quarter, &none, &settings);
    let days = WorkingDays {
        week: settings.week,
        holidays: &none,
    };
    assert_eq!(dates.opens, jalali("1405/06/31"));
    assert_eq!(dates.shown_deadline, jalali("1405/07/14"));
    for (day, number) in [
        (dates.opens, 0),
        (dates.shown_deadline, 10),
        (dates.last_new_answer, 13),
        (dates.last_edit, 15),
        (dates.review_from, 11),
        (dates.review_to, 25),
        (dates.preliminary, 26),
        (dates.objections_from, 27),
        (dates.objections_to, 31),
        (dates.re_review_from, 32),
        (dates.re_review_to, 36),
        (dates.committee_from, 37),
        (dates.committee_to, 38),
        (dates.final_result, 39),
        (dates.meeting_from, 40),
        (dates.meeting_to, 45),
    ] {
        assert!(number == 0 || days.is_working(day));
        assert_eq!(dates.working_day(day, &days), number);
    }
    assert_eq!(
        days.add_working_days(dates.profiles_frozen, 10),
        dates.opens
    );
}

#[test]
fn a_holiday_moves_every_later_date_of_the_round() {
    let settings = RoundSettings::default();
    let quarter = Quarter::parse("1405-Q2").unwrap();
    let plain = RoundDates::lay(quarter, &Holidays::default(), &settings);
    let closed = holidays(&["1405/07/04"]);
    let moved = RoundDates::lay(quarter, &closed, &settings);
    assert_eq!(moved.profiles_frozen, plain.profiles_frozen);
    assert_eq!(moved.shown_deadline, jalali("1405/07/15"));
    assert!(moved.meeting_to > plain.meeting_to);
}

#[test]
fn a_demonstration_is_laid_so_that_today_is_the_wished_working_day() {
    let closed = holidays(&["1405/08/22", "1405/08/24"]);
    let settings = RoundSettings::default();
    let days = WorkingDays {
        week: settings.week,
        holidays: &closed,
    };
    let mut today = jalali("1405/08/15");
    for _ in 0..40 {
        let dates = RoundDates::lay_so_that_day(today, 6, &closed, &settings);
        assert_eq!(dates.working_day(today, &days), 6, "{today}");
        assert!(dates.opens < today && today < dates.shown_deadline);
        today = today.succ_opt().unwrap();
    }
}

#[test]
fn settings_that_break_the_order_of_the_dates_are_refused() {
    let week = WorkingWeek::default();
    assert_eq!(
        RoundSettings::new(week, 4, 3),
        Err(SettingsFault::NewAnswerAfterLastEdit)
    );
    assert_eq!(
        RoundSettings::new(week, 0, 16),
        Err(SettingsFault::LastEditTooLate)
    );
    let settings = RoundSettings::new(week, 0, 0).unwrap();
    let dates = RoundDates::lay(
        Quarter::parse("1404-Q1").unwrap(),
        &Holidays::default(),
        &settings,
    );
    assert_eq!(dates.shown_deadline, dates.last_edit);
}

#[test]
fn the_clock_on_the_wall_is_the_provinces() {
    let iran = LocalOffset::default();
    let utc = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    let moment = iran.local(utc("2027-01-05 07:12:59"));
    assert_eq!(moment.clock_fa(), "ساعت ۱۰:۴۲");
    assert_eq!(moment.full_fa(), "سه‌شنبه ۱۵ دی ۱۴۰۵، ساعت ۱۰:۴۲");
    assert_eq!(moment.full_en(), "Tuesday 15 Dey 1405, 10:42");
    // Half past eight in the evening UTC is already tomorrow in Iran.
    assert_eq!(iran.day(utc("2027-01-05 20:29:59")), jalali("1405/10/15"));
    assert_eq!(iran.day(utc("2027-01-05 20:30:00")), jalali("1405/10/16"));
    // Summer and winter alike: no daylight saving since 1401.
    assert_eq!(iran.local(utc("2026-07-01 00:00:00")).clock_en(), "03:30");
}

#[test]
fn a_deadline_lasts_to_the_end_of_its_local_day() {
    let iran = LocalOffset::minutes(210).unwrap();
    let day = jalali("1405/10/15");
    let over = iran.end_of_day(day);
    assert_eq!(over.to_string(), "2027-01-05 20:30:00");
    assert_eq!(iran.start_of_day(day).to_string(), "2027-01-04 20:30:00");
    assert_eq!(iran.day(over - chrono::TimeDelta::seconds(1)), day);
    assert_eq!(iran.day(over), day.succ_opt().unwrap());
    assert!(LocalOffset::minutes(5000).is_err());
}
