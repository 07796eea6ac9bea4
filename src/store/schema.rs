//! One `table!` set for both engines, in the order of the migration. Kept equal to the database by tests/it/engines.rs.

diesel::table! {
    provinces (id) {
        id -> Text,
        code -> Text,
        name_fa -> Text,
        name_en -> Text,
        is_demo -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    counties (province_id, code) {
        province_id -> Text,
        code -> Text,
        name_fa -> Text,
        name_en -> Text,
    }
}

diesel::table! {
    holidays (province_id, day) {
        province_id -> Text,
        day -> Date,
        title_fa -> Text,
        title_en -> Text,
        is_verified -> Bool,
    }
}

diesel::table! {
    frameworks (province_id, code, version) {
        province_id -> Text,
        code -> Text,
        version -> Text,
        body -> Text,
        hash -> Text,
        published_at -> Timestamp,
    }
}

diesel::table! {
    agencies (province_id, id) {
        province_id -> Text,
        id -> Text,
        code -> Text,
        kind -> Text,
        group_code -> Text,
        name_fa -> Text,
        name_en -> Text,
        sort_key -> Text,
        profile -> Text,
        is_ranked -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    users (province_id, id) {
        province_id -> Text,
        id -> Text,
        login -> Text,
        name -> Text,
        email -> Text,
        language -> Text,
        password_hash -> Nullable<Text>,
        is_active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        reminders -> Text,
        phone -> Text,
    }
}

diesel::table! {
    roles (province_id, id) {
        province_id -> Text,
        id -> Text,
        user_id -> Text,
        role -> Text,
        agency_id -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        granted_by -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        province_id -> Text,
        user_id -> Text,
        csrf -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        address -> Text,
        role_id -> Nullable<Text>,
        practice -> Nullable<Text>,
    }
}

diesel::table! {
    one_time_links (token_hash) {
        token_hash -> Text,
        province_id -> Text,
        user_id -> Text,
        purpose -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    periods (province_id, id) {
        province_id -> Text,
        id -> Text,
        code -> Text,
        framework_code -> Text,
        framework_version -> Text,
        state -> Text,
        profiles_frozen_on -> Date,
        opens_on -> Date,
        deadline_on -> Date,
        last_new_on -> Date,
        last_edit_on -> Date,
        preliminary_on -> Date,
        objections_end_on -> Date,
        re_review_end_on -> Date,
        committee_end_on -> Date,
        final_on -> Date,
        is_imported -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    period_moves (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        state_from -> Text,
        state_to -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        carried_out_by -> Nullable<Text>,
        carried_out_at -> Nullable<Timestamp>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    assessments (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        agency_id -> Text,
        kind -> Text,
        group_code -> Text,
        profile -> Text,
        is_ranked -> Bool,
        state -> Text,
        signed_by -> Nullable<Text>,
        signer_name -> Nullable<Text>,
        pledge -> Nullable<Text>,
        letter_number -> Nullable<Text>,
        letter_date -> Nullable<Date>,
        tracking_code -> Nullable<Text>,
        handed_in_at -> Nullable<Timestamp>,
        is_late -> Bool,
        source_hash -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    answers (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        choice -> Text,
        claim -> Nullable<Text>,
        na_reason -> Nullable<Text>,
        note -> Text,
        saved_by -> Nullable<Text>,
        saved_at -> Timestamp,
        version -> BigInt,
        carried -> BigInt,
    }
}

diesel::table! {
    evidence (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        kind -> Text,
        title -> Text,
        link -> Nullable<Text>,
        sha256 -> Nullable<Text>,
        media_type -> Nullable<Text>,
        size -> Nullable<BigInt>,
        effective_from -> Nullable<Date>,
        effective_to -> Nullable<Date>,
        objection_id -> Nullable<Text>,
        added_by -> Text,
        added_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
        page -> Text,
        reused_from -> Nullable<Text>,
    }
}

diesel::table! {
    uploads (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        user_id -> Text,
        mark -> Text,
        name -> Text,
        size -> BigInt,
        received -> BigInt,
        begun_at -> Timestamp,
    }
}

diesel::table! {
    workbooks (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        title -> Text,
        sha256 -> Text,
        size -> BigInt,
        brought_by -> Text,
        brought_at -> Timestamp,
        taken_at -> Nullable<Timestamp>,
        changes -> BigInt,
    }
}

diesel::table! {
    verdicts (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        number -> BigInt,
        round -> Text,
        kind -> Text,
        value -> Nullable<Text>,
        sample_n -> Nullable<BigInt>,
        sample_k -> Nullable<BigInt>,
        survey_answers -> Nullable<BigInt>,
        reason_code -> Text,
        reason -> Text,
        recommendation -> Text,
        internal_note -> Text,
        given_by -> Nullable<Text>,
        given_at -> Timestamp,
        objection_until -> Nullable<Date>,
    }
}

diesel::table! {
    queries (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        question -> Text,
        due_on -> Date,
        asked_by -> Text,
        asked_at -> Timestamp,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    na_requests (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        reason -> Text,
        asked_by -> Text,
        asked_role -> Text,
        asked_at -> Timestamp,
        decision -> Nullable<Text>,
        decision_reason -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    assignments (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        agency_id -> Text,
        user_id -> Text,
        duty -> Text,
        assigned_by -> Text,
        assigned_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    visits (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        agency_id -> Text,
        county_code -> Nullable<Text>,
        is_unannounced -> Bool,
        visited_on -> Date,
        first_at -> Nullable<Timestamp>,
        first_answered -> Nullable<Bool>,
        second_at -> Nullable<Timestamp>,
        second_answered -> Nullable<Bool>,
        is_obstructed -> Bool,
        desk_exists -> Bool,
        excuse -> Nullable<Text>,
        minutes -> Text,
        recorded_by -> Text,
        second_auditor -> Nullable<Text>,
        recorded_at -> Timestamp,
        signed_off_by -> Nullable<Text>,
        signed_off_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    probes (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        agency_id -> Text,
        kind -> Text,
        made_at -> Timestamp,
        is_answered -> Bool,
        note -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    facts (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        fact -> Text,
        value -> BigInt,
        document -> Text,
        source_hash -> Nullable<Text>,
        entered_by -> Nullable<Text>,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    findings (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        indicator_code -> Text,
        reason -> Text,
        proposed_by -> Nullable<Text>,
        proposed_at -> Timestamp,
        decision -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    objections (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        verdict_id -> Text,
        kind -> Text,
        text -> Text,
        filed_by -> Text,
        filed_at -> Timestamp,
        state -> Text,
        reviewer -> Nullable<Text>,
        proposal -> Nullable<Text>,
        proposal_reason -> Nullable<Text>,
        proposed_at -> Nullable<Timestamp>,
        decision -> Nullable<Text>,
        answer -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    results (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        stage -> Text,
        rule_version -> BigInt,
        framework_code -> Text,
        framework_version -> Text,
        returns_hash -> Text,
        returns -> Text,
        leagues -> Text,
        computed_by -> Nullable<Text>,
        computed_at -> Timestamp,
        number -> BigInt,
    }
}

diesel::table! {
    scores (province_id, result_id, agency_id) {
        province_id -> Text,
        result_id -> Text,
        agency_id -> Text,
        position -> BigInt,
        league -> Text,
        group_code -> Text,
        state -> Text,
        reasons -> Text,
        labels -> Text,
        score_c -> Nullable<BigInt>,
        ungated_c -> Nullable<BigInt>,
        grade -> Nullable<Text>,
        rank -> Nullable<BigInt>,
        rank_of -> Nullable<BigInt>,
        group_rank -> Nullable<BigInt>,
        group_rank_of -> Nullable<BigInt>,
        rank_low -> Nullable<BigInt>,
        rank_high -> Nullable<BigInt>,
        claimed_c -> Nullable<BigInt>,
        verified_c -> Nullable<BigInt>,
        honesty_bp -> Nullable<BigInt>,
        gap_bp -> Nullable<BigInt>,
        gap_alert -> Bool,
        is_unstaffed -> Bool,
        change_c -> Nullable<BigInt>,
        rank_gained -> Nullable<BigInt>,
        binding -> Text,
        dimensions -> Text,
        desk -> Text,
        cause -> Text,
        card -> Text,
        change -> Nullable<Text>,
    }
}

diesel::table! {
    letters (province_id, id) {
        province_id -> Text,
        id -> Text,
        user_id -> Nullable<Text>,
        address -> Text,
        template -> Text,
        subject -> Text,
        body -> Text,
        html -> Text,
        unique_key -> Text,
        state -> Text,
        attempts -> BigInt,
        next_try_at -> Timestamp,
        last_error -> Nullable<Text>,
        queued_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        channel -> Text,
    }
}

diesel::table! {
    events (province_id, number) {
        province_id -> Text,
        number -> BigInt,
        at -> Timestamp,
        actor_id -> Text,
        actor_role -> Text,
        action -> Text,
        subject -> Text,
        subject_id -> Text,
        agency_id -> Nullable<Text>,
        body -> Text,
        address -> Text,
        leaf_hash -> Text,
    }
}

diesel::table! {
    checkpoints (province_id, size) {
        province_id -> Text,
        size -> BigInt,
        root -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    write_keys (province_id, user_id, write_key) {
        province_id -> Text,
        user_id -> Text,
        write_key -> Text,
        errand -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    editions (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        number -> BigInt,
        result_id -> Text,
        reason -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        published_by -> Nullable<Text>,
        published_at -> Nullable<Timestamp>,
        root -> Nullable<Text>,
        signature -> Nullable<Text>,
        signed_at -> Nullable<Timestamp>,
        released_by -> Nullable<Text>,
        released_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    edition_files (province_id, edition_id, name) {
        province_id -> Text,
        edition_id -> Text,
        name -> Text,
        body -> Text,
    }
}

diesel::table! {
    meetings (province_id, id) {
        province_id -> Text,
        id -> Text,
        held_on -> Date,
        attendance -> Text,
        minutes -> Text,
        closed_at -> Nullable<Timestamp>,
        created_by -> Text,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    resolutions (province_id, id) {
        province_id -> Text,
        id -> Text,
        number -> Text,
        meeting_id -> Nullable<Text>,
        agency_id -> Text,
        indicator_code -> Nullable<Text>,
        kind -> Text,
        text -> Text,
        letter_number -> Text,
        made_on -> Date,
        due_on -> Date,
        state -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        report -> Text,
        reported_by -> Nullable<Text>,
        reported_at -> Nullable<Timestamp>,
        answer -> Text,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    reminder_days (province_id) {
        province_id -> Text,
        before -> Text,
        head_after -> Text,
        office_after -> Text,
    }
}

diesel::table! {
    extensions (province_id, id) {
        province_id -> Text,
        id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Nullable<Text>,
        reason -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        decision -> Nullable<Text>,
        until_on -> Nullable<Date>,
        decision_reason -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    second_looks (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        assessment_id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        user_id -> Text,
        first_by -> Text,
        asked_at -> Timestamp,
        kind -> Nullable<Text>,
        value -> Nullable<Text>,
        sample_n -> Nullable<BigInt>,
        sample_k -> Nullable<BigInt>,
        reason -> Text,
        given_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    capacities (province_id, period_id, user_id) {
        province_id -> Text,
        period_id -> Text,
        user_id -> Text,
        hours -> BigInt,
    }
}

diesel::table! {
    review_minutes (province_id, indicator_code) {
        province_id -> Text,
        indicator_code -> Text,
        minutes -> BigInt,
    }
}

diesel::table! {
    owners (province_id, id) {
        province_id -> Text,
        id -> Text,
        agency_id -> Text,
        indicator_code -> Text,
        user_id -> Text,
        starts_on -> Date,
        ends_on -> Date,
        named_by -> Text,
    }
}

diesel::table! {
    visit_plans (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        agency_id -> Text,
        county_code -> Nullable<Text>,
        place -> Text,
        planned_on -> Date,
        is_unannounced -> Bool,
        first_auditor -> Text,
        second_auditor -> Text,
        indicators -> Text,
        planned_by -> Text,
        planned_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    posters (province_id, id) {
        province_id -> Text,
        id -> Text,
        agency_id -> Text,
        county_code -> Nullable<Text>,
        secret -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        renewed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    visit_sheets (province_id, id) {
        province_id -> Text,
        id -> Text,
        plan_id -> Text,
        version -> Integer,
        body -> Text,
        phone_clock -> Nullable<Timestamp>,
        received_at -> Timestamp,
        sent_by -> Text,
        outcome -> Text,
        reason -> Text,
        visit_id -> Nullable<Text>,
    }
}

diesel::table! {
    visit_photos (province_id, id) {
        province_id -> Text,
        id -> Text,
        sheet_id -> Text,
        sent_sha256 -> Text,
        sha256 -> Text,
        media_type -> Text,
        size -> BigInt,
        brought_by -> Text,
        arrived_at -> Timestamp,
    }
}

diesel::table! {
    voices (province_id, id) {
        province_id -> Text,
        id -> Text,
        poster_id -> Text,
        agency_id -> Text,
        heard_on -> Date,
        heard_at -> Timestamp,
        was_answered -> Bool,
        wait -> Text,
        was_sent_to_somebody -> Nullable<Bool>,
        phone -> Text,
        network -> Text,
        state -> Text,
    }
}

diesel::table! {
    voice_salts (province_id, day) {
        province_id -> Text,
        day -> Date,
        salt -> Text,
    }
}

diesel::table! {
    draws (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        urn -> Text,
        urn_hash -> Text,
        closed_by -> Text,
        closed_at -> Timestamp,
        digits -> Nullable<Text>,
        published -> Nullable<Text>,
        held_by -> Nullable<Text>,
        held_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    corrections (province_id, id) {
        province_id -> Text,
        id -> Text,
        period_id -> Text,
        agency_code -> Text,
        indicator_code -> Text,
        verdict -> Text,
        reason -> Text,
        opened_by -> Text,
        opened_at -> Timestamp,
        state -> Text,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    provinces,
    counties,
    holidays,
    frameworks,
    agencies,
    users,
    roles,
    sessions,
    one_time_links,
    periods,
    period_moves,
    assessments,
    answers,
    evidence,
    uploads,
    workbooks,
    verdicts,
    queries,
    na_requests,
    assignments,
    visits,
    visit_plans,
    visit_sheets,
    visit_photos,
    draws,
    probes,
    facts,
    findings,
    objections,
    results,
    scores,
    letters,
    events,
    checkpoints,
    write_keys,
    editions,
    edition_files,
    meetings,
    resolutions,
    reminder_days,
    extensions,
    owners,
    capacities,
    second_looks,
    review_minutes,
    posters,
    voices,
    voice_salts,
    corrections,
);
