// Adds up vitest's JSON results in a folder and prints the closing line of a CI run.
// usage: count-tests.mjs FOLDER STEPS_FAILED(0|1)
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, stepsFailed] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".json")) continue;
  const run = JSON.parse(readFileSync(join(folder, name), "utf8"));
  passed += run.numPassedTests;
  failed += run.numFailedTests;
  skipped += run.numPendingTests;
  for (const suite of run.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status === "failed") console.log(`failed: ${suite.name} > ${test.fullName}`);
    }
    if (suite.status === "failed" && suite.assertionResults.length === 0) {
      failed += 1;
      console.log(`failed: ${suite.name}: ${suite.message}`);
    }
  }
}
if (passed === 0) console.log("no test ran");
const bad = stepsFailed !== "0" || failed > 0 || passed === 0;
// A step that failed outside the tests (install, check) counts, so that the line never reads as green.
if (bad && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(bad ? 1 : 0);
