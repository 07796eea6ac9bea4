# ورود.
signin-title = ورود به سامانه
signin-intro = با حسابی وارد شوید که سازمان مدیریت برای شما ساخته است.
signin-username = نام کاربری
signin-password = گذرواژه
signin-submit = ورود
signin-wrong = نام کاربری یا گذرواژه درست نیست.
signin-wrong-left = نام کاربری یا گذرواژه درست نیست. { $left } بار دیگر می‌توانید تلاش کنید.
signin-wrong-last = نام کاربری یا گذرواژه درست نیست. اگر یک بار دیگر درست نباشد، ورود چند دقیقه بسته می‌شود.
signin-closed = برای امنیت، ورود { $minutes } دقیقه بسته شد. پس از آن دوباره تلاش کنید.
signin-forgot = گذرواژه را فراموش کرده‌ام
signin-help = حساب ندارید؟ رابط دستگاه شما باید از دبیرخانهٔ پایش درخواست کند. چسباندن گذرواژه آزاد است و نرم‌افزار نگه‌دارندهٔ گذرواژه کار می‌کند.
signin-purpose = دولت الکترونیک و میز خدمت برای این است که
signin-purpose-mark = هیچ‌کس امتیاز ویژه نداشته باشد.
signin-deadline = مهلت { $title }:
signin-days-left = { $days ->
    [0] امروز روز پایان است.
   *[other] هنوز { $days } روز مانده است.
}
signin-step-report-title = دستگاه گزارش می‌کند
signin-step-report = هر سه ماه، همهٔ شاخص‌ها با مستندات.
signin-step-verify-title = سازمان مدیریت راستی‌آزمایی می‌کند
signin-step-verify = بررسی مستندات و بازدید سرزده از میز خدمت.
signin-step-read-title = استاندار نتیجه را در نشست می‌خواند
signin-step-read = رتبه، همراه با بازهٔ رتبه و فهرست مصوبات.
