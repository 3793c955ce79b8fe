import { defineConfig } from "vitest/config";
import { reporters } from "./test/support/reporters.ts";

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    setupFiles: ["test/support/fixed-seed.ts"],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    reporters: reporters("e2e"),
  },
});
