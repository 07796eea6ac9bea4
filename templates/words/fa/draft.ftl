# پیش‌نویس چارچوب، پیش از انتشار: آزمودن روی داده‌های دورهٔ پیش.
draft-title = آزمودن پیش‌نویس چارچوب
draft-on = روی داده‌های
draft-ask = این پیش‌نویس با دستگاه‌ها چه می‌کرد؟
draft-moves = { $count } دستگاه از { $of } جابه‌جا می‌شد
draft-none-moves = هیچ دستگاهی جابه‌جا نمی‌شد
draft-sums = جمع امتیازها، کف و هدف شاخص‌ها، سطح‌ها و شرط‌های سقف درست است: { $dimensions } محور، { $indicators } شاخص، { $points } امتیاز و { $gates } شرط سقف.
draft-grades = سطح عملکرد { $count } دستگاه عوض می‌شد.
draft-not-saved = چیزی ذخیره نمی‌شود.
draft-not-official = این تحلیل است؛ نتیجهٔ رسمی هیچ دوره‌ای عوض نمی‌شود.
draft-faults = این‌ها باید درست شود
draft-where = کجای پرونده
draft-what = چه ایرادی
draft-more-faults = و { $count } ایراد دیگر.
draft-unknown = دورهٔ پیش از { $count } شاخص این پیش‌نویس چیزی نمی‌داند؛ «سنجیده‌نشده» به حساب آمد:
draft-league = چه کسی جابه‌جا می‌شد: { $title }
draft-why = چرا، از ۱۰۰
draft-rest = بقیهٔ سطرها
draft-to = ←
draft-grade-was = پیش‌تر:
draft-none-in-league = در این فهرست نه رتبه‌ای عوض می‌شد نه امتیازی.
draft-hang = با این پیش‌نویس رتبه‌ها به چه بسته بود؟
draft-hang-says = «رسمی» در این بخش یعنی رتبه‌ای که این پیش‌نویس می‌داد.
draft-no-quarter = هنوز هیچ دوره‌ای نهایی نشده است
draft-no-quarter-says = پیش‌نویس روی داده‌های آخرین دورهٔ نهایی آزموده می‌شود.
draft-file-title = پروندهٔ پیش‌نویس
draft-another = پیش‌نویس دیگر
draft-file = پروندهٔ چارچوب
draft-file-hint = پروندهٔ JSON، به همان شکل چارچوب منتشرشده.
draft-try = بیازمای
draft-no-file = پروندهٔ پیش‌نویس را برگزینید.
draft-too-large = این پرونده بزرگ‌تر از یک چارچوب است: بیش از دو مگابایت، سیصد شاخص یا شصت محور.
draft-faulty = { $count ->
    [one] این پرونده یک ایراد دارد و آزموده نشد.
   *[other] این پرونده { $count } ایراد دارد و آزموده نشد.
 }
draft-fault-json = پروندهٔ JSON درستی نیست.
draft-fault-shape = بخشی کم است یا بخشی ناشناخته دارد.
draft-fault-type = نوع مقدار درست نیست؛ عددها باید بی‌اعشار باشند.
draft-fault-range = عدد بیرون از اندازهٔ مجاز است.
draft-fault-twice = این کد دو بار آمده است.
draft-fault-weights = جمع امتیازها نمی‌خواند.
draft-fault-goalposts = کف و هدف با جهت شاخص نمی‌خواند یا با هم یکی است.
draft-fault-grades = سطح‌ها باید از بالا به پایین بیاید و به صفر برسد.
draft-fault-ref = نامی آمده که در چارچوب نیست.
draft-fault-cycle = این شرط سقف با واسطه به خودش برمی‌گردد.
draft-fault-other = این بخش در چارچوب پذیرفته نیست.
