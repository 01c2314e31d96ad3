// Answers searches on the list's page in the browser, where the portal is given out as files and no server answered.
// The page of the files has the element below and the server's answers have none: there this script does nothing.

const host = document.querySelector("[data-module=browser-search]");

export async function enhanceList(list) {
  const parameters = new URLSearchParams(window.location.search);
  if (!list.dataset.parameters.split(" ").some((name) => parameters.has(name))) return;
  const status = list.querySelector(".list-page__summary");
  const before = status.textContent;
  status.textContent = list.dataset.searching;
  try {
    const { openAnswers } = await import("./search/answers.js");
    await (await openAnswers(list)).show(parameters);
  } catch (error) {
    status.textContent = `${list.dataset.failed} ${before}`;
    throw error;
  }
}

if (host) enhanceList(host);
