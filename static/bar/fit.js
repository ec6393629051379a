// On a shared screen nothing may stand below the fold. The numbers have 96 pixels where there is room, and less where a
// title, a warning or a name is long.

const SIZES = [96, 88, 80, 72, 64, 56, 48, 42, 36, 30];

export function fitted() {
  const root = document.documentElement;
  let waiting = 0;
  const measure = () => {
    waiting = 0;
    const end = document.querySelector("p.source");
    if (!end || window.innerWidth < 800) return;
    const column = document.querySelector(".figures");
    for (const size of SIZES) {
      root.style.setProperty("--number", `${size}px`);
      for (const number of document.querySelectorAll(".figures.stacked:not(.two) .number")) narrowed(number);
      const bottom = Math.max(end.getBoundingClientRect().bottom, column?.getBoundingClientRect().bottom ?? 0);
      if (bottom <= window.innerHeight) break;
    }
  };
  const soon = () => {
    waiting ||= requestAnimationFrame(measure);
  };
  const sizes = new ResizeObserver(soon);
  sizes.observe(document.body);
  const changes = new MutationObserver(soon);
  changes.observe(document.querySelector(".stMain") ?? document.body, { childList: true, subtree: true });
  soon();
  return () => {
    sizes.disconnect();
    changes.disconnect();
    cancelAnimationFrame(waiting);
    root.style.removeProperty("--number");
  };
}

// A number that is longer than its card is wide ("9.2% to 10.8%") is written smaller, for itself alone.
function narrowed(number) {
  number.style.fontSize = "";
  let part = 1;
  for (let more = 0; more < 3 && number.scrollWidth > number.clientWidth; more++) {
    part *= (number.clientWidth / number.scrollWidth) * 0.98;
    number.style.fontSize = `calc(var(--number) * ${part.toFixed(3)})`;
  }
}
