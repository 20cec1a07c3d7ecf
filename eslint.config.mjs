// What docs/scripts may use: JavaScript and browsers of 2020 (Chromium 87, Firefox 78).
// TypeScript knows all names (tsconfig.json: ES2020 too), so that no rule here looks for them.
import js from "@eslint/js";
import es from "eslint-plugin-es-x";

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
    "CompressionStream", "Highlight", "Sanitizer", "Temporal", "EyeDropper", "requestIdleCallback"],
  properties: ["randomUUID", "canParse", "checkVisibility", "setHTML", "setHTMLUnsafe", "getHTML",
    "showModal", "showPopover", "togglePopover", "inert", "requestSubmit", "moveBefore",
    "startViewTransition", "throwIfAborted"],
};

/** Names that arrays have too; TypeScript knows which ones an object of ES2020 has. */
const ambiguous = Object.keys(es.rules).filter((rule) => rule.startsWith("no-iterator-prototype-"));

const restrictions = {
  ...Object.fromEntries(ambiguous.map((rule) => [`es-x/${rule}`, "off"])),
  strict: ["error", "global"],
  // Scripts share their names: only what is declared within a function must be used there.
  "no-unused-vars": ["error", { vars: "local" }],
  "no-restricted-globals": ["error",
    ...["fetch", "XMLHttpRequest"].map((name) => ({ name, message: FROM_A_FOLDER })),
    ...later.globals.map((name) => ({ name, message: LATER_THAN_2020 }))],
  "no-restricted-properties": ["error",
    { object: "AbortSignal", property: "timeout", message: LATER_THAN_2020 },
    { object: "AbortSignal", property: "any", message: LATER_THAN_2020 },
    ...later.properties.map((property) => ({ property, message: LATER_THAN_2020 }))],
  "no-restricted-syntax": ["error", { selector: "ImportExpression", message: FROM_A_FOLDER }],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  { rules: style },
  {
    files: ["docs/scripts/**/*.js"],
    ...es.configs["flat/restrict-to-es2020"],
  },
  {
    files: ["docs/scripts/**/*.js"],
    languageOptions: { sourceType: "script", ecmaVersion: 2020 },
    settings: { "es-x": { aggressive: true } },
    rules: restrictions,
  },
];
