// How the map looks, in the colours of the page (sendlib/view/styles/colours.css); its names and marks have their sizes
// where they are drawn.

export const STYLE = `
.map { position: relative; height: var(--fill, var(--height)); width: 100%; overflow: hidden; background: var(--sea); border: 1px solid var(--line); box-sizing: border-box; color: var(--ink); font-family: "Source Sans", Helvetica, Arial, sans-serif; }
@media (max-width: 640px) { .map { height: min(var(--height), 50vh); } }
svg { display: block; width: 100%; height: 100%; touch-action: pan-x pan-y; cursor: grab; user-select: none; }
@media print { .map { height: 70mm; } .map.large { height: 112mm; } svg { height: 100%; } }
svg:focus-visible { outline: 3px solid var(--highlight); outline-offset: -3px; box-shadow: inset 0 0 0 5px var(--ink); }
svg path { vector-effect: non-scaling-stroke; }
.area { stroke: var(--middle); stroke-width: 0.8; cursor: pointer; }
.area:hover { stroke: var(--ink); stroke-width: 2; }
.bare { fill: var(--paper); }
.hatch { fill: var(--middle); }
.beyond { fill: var(--beyond); stroke: var(--line); stroke-width: 0.8; }
.district { fill: none; stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3; pointer-events: none; }
.edge, .own, .marked { fill: none; stroke-linecap: round; stroke-linejoin: round; pointer-events: none; }
.edge { stroke: var(--paper); stroke-width: 6.5; }
.own { stroke-width: 3; }
.marked { stroke: var(--ink); stroke-width: 2.5; }
.casing, .shaft { fill: none; }
.casing { stroke: var(--paper); stroke-opacity: 0.85; }
.head { stroke: var(--paper); stroke-width: 1.2; }
.school { cursor: pointer; paint-order: stroke; }
.school.elsewhere { opacity: 0.55; }
.school:focus, .school:hover { opacity: 1; outline: none; stroke: var(--ink); stroke-width: 3; }
.school:focus { filter: drop-shadow(0 0 3px var(--highlight)) drop-shadow(0 0 2px var(--highlight)); }
.own-point { fill: var(--ink); stroke: var(--highlight); stroke-width: 2; paint-order: stroke; }
text { text-anchor: middle; fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 3.5px; stroke-linejoin: round; pointer-events: none; }
.beyond-name, .district-name { fill: var(--quiet); }
.town { fill: var(--ink); }
.town-dot { fill: var(--ink); stroke: var(--paper); stroke-width: 1; pointer-events: none; }
.number { stroke-width: 4.5px; }
.hexagon-name { stroke: none; }
.hexagon-name.dark { fill: var(--paper); }
.in-key { position: absolute; left: 8px; bottom: 8px; background: var(--paper); border: 1px solid var(--line); padding: 5px 10px 6px; max-width: 264px; font-size: 18px; line-height: 1.2; pointer-events: none; }
.in-key[hidden] { display: none; }
@media (max-width: 700px) { .map.large { height: auto; overflow: visible; } .map.large svg { height: min(var(--height), 50vh); } .large .in-key { position: static; max-width: none; border: 0; border-top: 1px solid var(--line); } .large .credit { position: static; } }
.in-key p { margin: 0 0 3px; font-weight: 700; }
.in-key ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 1px 12px; }
.in-key li { display: flex; gap: 7px; align-items: center; }
.in-key img { flex: none; }
.on-paper { display: none; }
.buttons { position: absolute; right: 8px; top: 8px; display: flex; gap: 6px; }
.buttons button { min-width: 40px; min-height: 40px; padding: 0 9px; border: 2px solid var(--ink); background: var(--paper); color: var(--ink); font: 600 16px "Source Sans", Helvetica, Arial, sans-serif; cursor: pointer; }
.buttons button:hover { background: var(--card); }
.buttons button:focus-visible { outline: 3px solid var(--highlight); box-shadow: 0 0 0 5px var(--ink); }
.credit { position: absolute; right: 6px; bottom: 3px; margin: 0; font-size: 12px; color: var(--quiet); background: var(--paper); padding: 0 4px; }
.large .credit { font-size: 13px; }
.tip { position: absolute; z-index: 3; max-width: min(21rem, 90%); padding: 5px 9px; background: var(--paper); border: 2px solid var(--ink); font-size: 15px; line-height: 1.3; pointer-events: none; }
.large .tip { font-size: 19px; }
.tip[hidden] { display: none; }
.tip strong, .tip span { display: block; }
.failed { position: absolute; inset: 0; margin: 0; padding: 1rem; background: var(--paper); }
.failed[hidden] { display: none; }
@media print { .buttons, .tip, .on-screen { display: none; } .on-paper { display: block; } }
`;
