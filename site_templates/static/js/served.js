// Hides what only a portal with a server can do where the pages stand without one. Without it a note says so.

export async function showWhereServed(parts) {
  const answer = await fetch(parts[0].dataset.health, { method: "HEAD" }).catch(() => null);
  parts.forEach((part) => { part.hidden = !answer?.ok; });
}

const parts = document.querySelectorAll("[data-module=served]");
if (parts.length) showWhereServed(parts);
