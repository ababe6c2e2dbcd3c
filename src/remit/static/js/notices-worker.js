/* Shows notices while Remit is closed, and opens what they are about. It keeps nothing and changes no page. */
"use strict";

self.addEventListener("push", (event) => {
  let notice = { title: "Something new in Remit", body: "", address: "/notices/", about: "remit" };
  try {
    notice = { ...notice, ...event.data.json() };
  } catch {
    // A push without words still says that there is something.
  }
  event.waitUntil(
    self.registration.showNotification(notice.title, {
      body: notice.body,
      tag: notice.about,
      renotify: true,
      requireInteraction: Boolean(notice.urgent),
      icon: "/static/icons/remit.svg",
      data: { address: notice.address },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.address ?? "/notices/", self.location.origin);
  if (address.origin !== self.location.origin) return;
  event.waitUntil(
    (async () => {
      const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      for (const open of windows) {
        if (new URL(open.url).pathname === address.pathname) return open.focus();
      }
      return self.clients.openWindow(address.href);
    })(),
  );
});
