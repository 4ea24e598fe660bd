/* While a ticket is before her, the house is told so; it stops counting by itself once nothing is heard. */

const BEAT = 20_000, IDLE = 110_000;
const csrf = document.querySelector("input[name=csrf]")?.value;
let touched = Date.now(), counted = false;

function tell(leaves) {
  const body = new URLSearchParams({ csrf, ...(leaves && { leaves: "yes" }) });
  fetch(`${location.pathname}/seen`, { method: "POST", body, keepalive: true }).catch(() => {});
  counted = !leaves;
}

const here = () => document.visibilityState === "visible" && document.hasFocus() && Date.now() - touched < IDLE;
const beat = () => { if (here()) tell(false); };
const leave = () => { if (counted) tell(true); };

if (csrf) {
  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll"]) {
    document.addEventListener(sign, () => { const away = !here(); touched = Date.now(); if (away || !counted) beat(); }, { passive: true, capture: true });
  }
  addEventListener("focus", () => { touched = Date.now(); beat(); });
  addEventListener("blur", leave);
  addEventListener("pagehide", leave);
  setInterval(beat, BEAT);
  beat();
}
