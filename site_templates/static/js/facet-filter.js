// Finds values of a long filter while somebody types. Without it all values stand in the page, the rest behind "more".

export function enhanceFacet(facet) {
  const find = facet.querySelector(".facet__find");
  const input = find.querySelector("input");
  const status = find.querySelector("[role=status]");
  const more = facet.querySelector("details");
  const items = [...facet.querySelectorAll("li")].map((item) => [item, item.querySelector(".facet__label").textContent.toLowerCase()]);
  const wasOpen = more.open;
  find.hidden = false;
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let count = 0;
    for (const [item, label] of items) {
      item.hidden = !label.includes(wanted);
      count += !item.hidden;
    }
    more.open = wanted ? true : wasOpen;
    status.textContent = wanted ? status.dataset.said.replace("{count}", count) : "";
  });
}

document.querySelectorAll("[data-module=facet-filter]").forEach(enhanceFacet);
