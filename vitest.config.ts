import { defineConfig } from "vitest/config";
import { reporters } from "./test/support/reporters.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**"],
    setupFiles: ["test/support/fixed-seed.ts"],
    testTimeout: 30_000,
    reporters: reporters("unit"),
  },
});
