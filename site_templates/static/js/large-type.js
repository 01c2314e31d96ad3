// Large type where pages are given out as files and no server enlarges them: here, and on the pages that follow.

const KEY = "large-type";

export function enlarge(link, store) {
  const root = document.documentElement;
  if (store.getItem(KEY)) root.classList.add("large");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const isServed = await fetch(link.href, { method: "HEAD" }).then((answer) => answer.ok, () => false);
    if (isServed) {
      window.location.assign(link.href);
    } else if (root.classList.toggle("large")) {
      store.setItem(KEY, "1");
    } else {
      store.removeItem(KEY);
    }
  });
}

const link = document.querySelector("[data-module=large-type]");
if (link) enlarge(link, window.sessionStorage);
