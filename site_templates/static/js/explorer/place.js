// Fills in the place where somebody is, after the browser has asked for leave; it goes nowhere but into the form. The
// server brings it from WGS 84 into the system of the table.

export function enhancePlace(form, ask) {
  const button = form.querySelector("[data-explorer=here]");
  if (!button || !navigator.geolocation || !window.isSecureContext) return;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      button.textContent = label;
      form.elements._at.value = `${coords.longitude.toFixed(5)},${coords.latitude.toFixed(5)} WGS84`;
      ask();
    }, () => { button.textContent = button.dataset.failed; });
  });
}
