const js = require("@eslint/js");
const globals = require("globals");

module.exports = [
    js.configs.recommended,
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: "latest",
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules: {
            complexity: ["error", 8],
            curly: "error",
            eqeqeq: "error",
            "max-depth": ["error", 3],
            "max-lines": ["error", 300],
            "max-lines-per-function": ["error", 50],
            "no-console": ["error", {allow: ["warn", "error"]}],
            "no-eval": "error",
            "no-implicit-globals": "error",
            "no-shadow": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
        },
    },
    {
        // A tour is one long list of steps.
        files: ["**/static/tests/**/*.js"],
        rules: {"max-lines-per-function": "off"},
    },
];
