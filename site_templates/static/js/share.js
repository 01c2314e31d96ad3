// Offers the sheet of the device for sharing, and says in apps that block downloads how to come by them.

const APPS = /MicroMessenger|QQ\/|Weibo|DingTalk|AlipayClient|Lark/;

export function enhanceShare(part) {
  const button = part.querySelector("[data-share=send]");
  button.hidden = !navigator.share;
  button.addEventListener("click", () => {
    navigator.share({ title: document.title, url: window.location.href }).catch(() => {});
  });
}

document.querySelectorAll("[data-module=share]").forEach(enhanceShare);
document.querySelectorAll("[data-module=in-app]").forEach((note) => { note.hidden = !APPS.test(navigator.userAgent); });
