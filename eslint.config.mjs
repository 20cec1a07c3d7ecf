// What the scripts of pages may use: JavaScript and browsers of 2020 (Chromium 87, Firefox 78).
// TypeScript knows all names (tsconfig.json: ES2020 too), so that no rule here looks for them.
import js from "@eslint/js";
import es from "eslint-plugin-es-x";

const SCRIPTS = ["docs/scripts/**/*.js", "scripts/casebook/**/*.js"];
const LONGEST_FUNCTION = 40; // lines
const LONGEST_FILE = 400; // lines

const style = {
  "no-undef": "off",
  "no-var": "error",
  "prefer-const": "error",
  "prefer-arrow-callback": "error",
  "prefer-template": "error",
  "object-shorthand": "error",
  eqeqeq: "error",
  semi: "error",
  quotes: ["error", "double", { avoidEscape: true }],
  "max-len": ["error", 100],
  "max-lines": ["error", LONGEST_FILE],
  "max-lines-per-function": ["error", LONGEST_FUNCTION],
};

const FROM_A_FOLDER = "a browser does not allow it to a page that is opened from a folder";
const LATER_THAN_2020 = "it came to browsers after 2020";

/** Names of browsers that came later; those of the language are in eslint-plugin-es-x. */
const later = {
  globals: ["structuredClone", "reportError", "scheduler", "navigation", "DecompressionStream",
    "CompressionStream", "Highlight", "Sanitizer", "Temporal", "EyeDropper", "requestIdleCallback",
    "visualViewport", "ClipboardItem", "WeakRef", "FinalizationRegistry"],
  properties: ["randomUUID", "canParse", "checkVisibility", "setHTML", "setHTMLUnsafe", "getHTML",
    "showModal", "showPopover", "togglePopover", "inert", "requestSubmit", "moveBefore",
    "startViewTransition", "throwIfAborted", "adoptedStyleSheets"],
  members: { AbortSignal: ["timeout", "any"], URL: ["parse"], CSS: ["highlights"],
    Intl: ["Segmenter"], navigator: ["share", "canShare"] },
};

const loaders = ["fetch", "XMLHttpRequest", "Worker", "SharedWorker", "EventSource"];

const refusedGlobals = [
  ...loaders.map((name) => ({ name, message: FROM_A_FOLDER })),
  ...later.globals.map((name) => ({ name, message: LATER_THAN_2020 })),
];

/** The same names as properties of the object that has all globals. */
const refusedOfWindow = ["window", "self", "globalThis"].flatMap((object) =>
  refusedGlobals.map(({ name, message }) => ({ object, property: name, message })));

const refusedMembers = Object.entries(later.members).flatMap(([object, properties]) =>
  properties.map((property) => ({ object, property, message: LATER_THAN_2020 })));

/** The option `signal` of addEventListener, called with or without an object. */
const LISTENER_SIGNAL = "CallExpression:matches([callee.name='addEventListener'], "
  + "[callee.property.name='addEventListener']) > ObjectExpression > Property[key.name='signal']";

/** Names that arrays have too; TypeScript knows which ones an object of ES2020 has. */
const ambiguous = Object.keys(es.rules).filter((rule) => rule.startsWith("no-iterator-prototype-"));

const restrictions = {
  ...Object.fromEntries(ambiguous.map((rule) => [`es-x/${rule}`, "off"])),
  strict: ["error", "global"],
  // Scripts share their names: only what is declared within a function must be used there.
  "no-unused-vars": ["error", { vars: "local" }],
  "no-restricted-globals": ["error", ...refusedGlobals],
  "no-restricted-properties": ["error",
    ...refusedOfWindow,
    ...refusedMembers,
    { property: "sendBeacon", message: FROM_A_FOLDER },
    ...later.properties.map((property) => ({ property, message: LATER_THAN_2020 }))],
  "no-restricted-syntax": ["error",
    { selector: "ImportExpression", message: FROM_A_FOLDER },
    { selector: LISTENER_SIGNAL, message: LATER_THAN_2020 }],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  { rules: style },
  {
    files: SCRIPTS,
    ...es.configs["flat/restrict-to-es2020"],
  },
  {
    files: SCRIPTS,
    languageOptions: { sourceType: "script", ecmaVersion: 2020 },
    settings: { "es-x": { aggressive: true } },
    rules: restrictions,
  },
];
