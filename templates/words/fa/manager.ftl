# کار رابط دستگاه.
manager-nav-work = کارهای من
manager-nav-checklist = کاربرگ شاخص‌ها
manager-nav-review = بازبینی و تحویل
manager-nav-scorecard = کارنامهٔ دستگاه
manager-home-title = { $days } روز تا پایان مهلت؛ { $left } شاخص باقی است
