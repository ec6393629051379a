// How the map looks; its names and marks have their sizes where they are drawn.

export const STYLE = `
.map { position: relative; height: var(--height); width: 100%; overflow: hidden; background: #e8eef2; border: 1px solid #b1b4b6; box-sizing: border-box; color: #0b0c0c; font-family: "Source Sans", Helvetica, Arial, sans-serif; }
@media (max-width: 640px) { .map { height: min(var(--height), 50vh); } }
svg { display: block; width: 100%; height: 100%; touch-action: pan-x pan-y; cursor: grab; user-select: none; }
svg:focus-visible { outline: 3px solid #ffdd00; outline-offset: -3px; box-shadow: inset 0 0 0 5px #0b0c0c; }
svg path { vector-effect: non-scaling-stroke; }
.area { stroke: #6f777b; stroke-width: 0.8; cursor: pointer; }
.area:hover { stroke: #0b0c0c; stroke-width: 2; }
.beyond { fill: #dadddf; stroke: #a9b0b4; stroke-width: 0.8; }
.district { fill: none; stroke: #0b0c0c; stroke-width: 1; stroke-dasharray: 3 3; pointer-events: none; }
.edge, .own, .marked { fill: none; stroke-linecap: round; stroke-linejoin: round; pointer-events: none; }
.edge { stroke: #ffffff; stroke-width: 6.5; }
.own { stroke-width: 3; }
.marked { stroke: #0b0c0c; stroke-width: 2.5; }
.casing, .shaft { fill: none; }
.casing { stroke: #ffffff; stroke-opacity: 0.85; }
.head { stroke: #ffffff; stroke-width: 1.2; }
.school { cursor: pointer; paint-order: stroke; }
.school.elsewhere { opacity: 0.55; }
.school:focus, .school:hover { opacity: 1; outline: none; stroke: #0b0c0c; stroke-width: 3; }
.school:focus { filter: drop-shadow(0 0 3px #ffdd00) drop-shadow(0 0 2px #ffdd00); }
.own-point { fill: #0b0c0c; stroke: #ffdd00; stroke-width: 2; paint-order: stroke; }
text { text-anchor: middle; fill: #0b0c0c; paint-order: stroke; stroke: #ffffff; stroke-width: 3.5px; stroke-linejoin: round; pointer-events: none; }
.beyond-name, .district-name { fill: #383f43; }
.town { fill: #1d2326; }
.town-dot { fill: #0b0c0c; stroke: #ffffff; stroke-width: 1; pointer-events: none; }
.number { stroke-width: 4.5px; }
.hexagon-name { stroke: none; }
.hexagon-name.dark { fill: #ffffff; }
.in-key { position: absolute; left: 8px; bottom: 8px; background: rgba(255,255,255,.94); border: 1px solid #b1b4b6; padding: 5px 10px 6px; max-width: 264px; font-size: 18px; line-height: 1.2; pointer-events: none; }
.in-key[hidden] { display: none; }
@media (max-width: 700px) { .map.large { height: auto; overflow: visible; } .map.large svg { height: min(var(--height), 50vh); } .large .in-key { position: static; max-width: none; border: 0; border-top: 1px solid #b1b4b6; } .large .credit { position: static; } }
.in-key p { margin: 0 0 3px; font-weight: 700; }
.in-key ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 1px 12px; }
.in-key li { display: flex; gap: 7px; align-items: center; }
.in-key img { flex: none; }
.buttons { position: absolute; right: 8px; top: 8px; display: flex; gap: 6px; }
.buttons button { min-width: 40px; min-height: 40px; padding: 0 9px; border: 2px solid #0b0c0c; background: #ffffff; color: #0b0c0c; font: 600 16px "Source Sans", Helvetica, Arial, sans-serif; cursor: pointer; }
.buttons button:hover { background: #f3f2f1; }
.buttons button:focus-visible { outline: 3px solid #ffdd00; box-shadow: 0 0 0 5px #0b0c0c; }
.credit { position: absolute; right: 6px; bottom: 3px; margin: 0; font-size: 12px; color: #383f43; background: rgba(255,255,255,.8); padding: 0 4px; }
.large .credit { font-size: 13px; }
.tip { position: absolute; z-index: 3; max-width: min(21rem, 90%); padding: 5px 9px; background: #ffffff; border: 2px solid #0b0c0c; font-size: 15px; line-height: 1.3; pointer-events: none; }
.large .tip { font-size: 19px; }
.tip[hidden] { display: none; }
.tip strong, .tip span { display: block; }
.failed { position: absolute; inset: 0; margin: 0; padding: 1rem; background: #ffffff; }
.failed[hidden] { display: none; }
@media print { .buttons, .tip { display: none; } }
`;
