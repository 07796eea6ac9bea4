# اصلاح پس از انتشار.
correction-start = اصلاح نتیجهٔ منتشرشده
correction-title = اصلاح نتیجهٔ منتشرشده
correction-lead = آنچه منتشر شد تغییر نمی‌کند. بگویید چه چیزی باید می‌بود و چرا؛ با نسخهٔ بعدی منتشر می‌شود که یکی پیشنهاد می‌کند و دیگری منتشر. تا آن هنگام دستگاه در بخش همگانی نشان «در دست بررسی» دارد.
correction-was = منتشر شد
correction-should = باید می‌بود
correction-withdraw = پس گرفتن اصلاح
correction-moved = با این اصلاح امتیاز یا رتبهٔ این دستگاه‌ها جابه‌جا می‌شود
correction-next = اکنون یک نفر نسخهٔ اصلاحی را پیشنهاد می‌کند:
correction-new = اصلاح تازه
correction-choose = نمایش آنچه منتشر شد
correction-why = چرا اصلاح می‌شود؟
correction-open = ثبت اصلاح
correction-none = اصلاحی در انتظار نیست
correction-nothing-was = چیزی منتشر نشده بود
correction-opened = اصلاح ثبت شد و با نسخهٔ بعدی منتشر می‌شود.
correction-withdrawn = اصلاح پس گرفته شد.
