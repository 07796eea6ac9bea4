// Photographs of a sheet: made smaller on the phone, kept under the hash of what will be sent, shown, taken away again.
"use strict";

const LONGEST_SIDE = 1600;
const MOST_PHOTOS = 20;

class SheetPhotos {
  constructor(sheet) {
    this.of = sheet;
    this.place = document.getElementById("sheet-photos");
    this.taking = document.getElementById("take-photo");
    this.fault = document.getElementById("photo-fault");
    this.taking.addEventListener("change", () => this.take());
  }

  say(text) {
    this.fault.textContent = text;
    this.fault.hidden = text === "";
  }

  // The picture alone, upright and no larger than a screen: what a camera writes beside it stays on the phone.
  async smaller(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("no picture")), "image/jpeg", 0.8);
    });
  }

  async take() {
    const [file] = this.taking.files;
    this.taking.value = "";
    if (!file) return;
    this.say("");
    this.of.changed();
    const { sheet } = this.of;
    if (sheet.state !== "draft") return;
    if ((await Kept.photos(sheet.id)).length >= MOST_PHOTOS) {
      this.say(this.taking.dataset.many);
      return;
    }
    try {
      const blob = await this.smaller(file);
      const hash = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
      const sha256 = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
      await Kept.putPhoto({ key: `${sheet.id} ${sha256}`, sheet: sheet.id, sha256, blob, takenAt: Date.now() });
    } catch {
      this.say(this.taking.dataset.bad);
      return;
    }
    await this.list();
  }

  // Names the photographs in the sheet, so that it says which belong to it once it is locked.
  async list() {
    const photos = await Kept.photos(this.of.sheet.id);
    this.of.field("photos").value = photos.map((photo) => photo.sha256).join(" ");
    this.of.changed();
    await this.of.writing;
    await this.show();
  }

  async show() {
    const { sheet } = this.of;
    const photos = (await Kept.photos(sheet.id)).sort((one, other) => one.takenAt - other.takenAt);
    const shown = await Promise.all(photos.map(async (photo) => {
      const figure = document.createElement("figure");
      const canvas = document.createElement("canvas");
      const picture = await createImageBitmap(photo.blob, { resizeWidth: 224 });
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0);
      figure.append(canvas);
      if (sheet.state === "draft") {
        figure.append(button(this.taking.dataset.remove, async () => {
          await Kept.dropPhoto(photo.key);
          await this.list();
        }));
      }
      return figure;
    }));
    this.place.replaceChildren(...shown);
  }
}
