// The worker of the pages an auditor takes along: they stand without a line. It touches nothing else.
"use strict";

const CACHE = `mizan-field-${VERSION}`;
const PATIENCE = 5000;

const ours = async () => (await caches.keys()).filter((name) => name.startsWith("mizan-field-"));

// The pages kept so far, in any version.
async function keptPages() {
  const paths = new Set();
  for (const name of await ours()) {
    for (const request of await (await caches.open(name)).keys()) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(FIELD)) paths.add(pathname);
    }
  }
  return [...paths];
}

// Takes a page along; one that leads away, to the door, is none.
async function keep(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return false;
  await (await caches.open(CACHE)).put(path, answer);
  return true;
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await (await caches.open(CACHE)).addAll(NEEDED);
    await Promise.allSettled((await keptPages()).map(keep));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const now = await caches.open(CACHE);
    for (const name of await ours()) {
      if (name === CACHE) continue;
      // An older cache goes once none of its pages is the only copy; a page needs the styles it was made with.
      const old = await caches.open(name);
      const pages = (await old.keys()).filter((one) => new URL(one.url).pathname.startsWith(FIELD));
      const has = await Promise.all(pages.map((one) => now.match(one)));
      if (has.every(Boolean)) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

// The newest copy of something kept.
async function kept(what) {
  return (await (await caches.open(CACHE)).match(what, { ignoreSearch: true }))
    ?? caches.match(what, { ignoreSearch: true });
}

async function page(request) {
  const { pathname } = new URL(request.url);
  try {
    const late = new Promise((_, no) => { setTimeout(() => no(new Error("late")), PATIENCE); });
    const answer = await Promise.race([fetch(request), late]);
    if (answer.status >= 500) throw new Error("the server is not well");
    if (answer.ok && answer.type === "basic" && !answer.redirected) {
      await (await caches.open(CACHE)).put(pathname, answer.clone());
    }
    return answer;
  } catch {
    return (await kept(pathname)) ?? (await kept(FIELD)) ?? Response.error();
  }
}

async function asset(request) {
  const known = await kept(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate" && url.pathname.startsWith(FIELD)) event.respondWith(page(request));
});

self.addEventListener("message", (event) => {
  if (!event.data?.keep) return;
  event.waitUntil((async () => {
    const done = await Promise.allSettled(event.data.keep.map(keep));
    fieldNews?.postMessage({ ready: done.filter((one) => one.value).length });
  })());
});

// Where the browser tells when the line is back, what waits goes out even with no page open.
self.addEventListener("sync", (event) => {
  if (event.tag !== "mizan-field") return;
  event.waitUntil(Send.all().then((fault) => {
    if (fault === "line") throw new Error("not yet");
  }));
});
