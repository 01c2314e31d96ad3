// Copies a checksum, a command or an address. Without it the text beside the button can be selected by hand.

export function enhanceCopy(button) {
  const label = button.firstElementChild;
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { text, address, done } = button.dataset;
    await navigator.clipboard.writeText(address === undefined ? text : new URL(address, document.baseURI).href);
    label.textContent = done;
    setTimeout(() => { label.textContent = before; }, 2000);
  });
}

// Browsers offer the clipboard on secure pages only; elsewhere the buttons stay hidden.
if (navigator.clipboard) {
  const enhance = (part) => part.querySelectorAll("[data-module=copy]").forEach(enhanceCopy);
  enhance(document);
  document.addEventListener("portal:parts", (event) => enhance(event.detail));
}
