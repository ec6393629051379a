// Elements of a page, made in one step.

export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...content);
  return made;
}

// A button with short words; what it does stands in its name for a screen reader, and where the pointer rests.
export function button(words, label, act) {
  const made = element("button", { type: "button", title: label }, words);
  // What is read out begins with what is seen, so that whoever speaks to the browser can say it.
  const named = label.toLowerCase().startsWith(words.toLowerCase()) || !/^\w/.test(words);
  made.setAttribute("aria-label", named ? label : `${words}: ${label}`);
  made.addEventListener("click", act);
  return made;
}
