/* What is in the fields of a page, so that it can stay when a part of the page is put in anew. */

export const FIELDS = "input:not([type=hidden]), select, textarea";

/** Whether a field is a choice: what it holds is whether it is chosen. */
export const isChoice = (one) => one.type === "radio" || one.type === "checkbox";

/** Whether a field holds something else than the page came with; of radio buttons it is the one that is chosen now. */
export function isChanged(one) {
  if (one.type === "radio") return one.checked && !one.defaultChecked;
  if (one.type === "checkbox") return one.checked !== one.defaultChecked;
  if (one.matches("select")) return [...one.options].some((option) => option.selected !== option.defaultSelected);
  return one.value !== one.defaultValue;
}
