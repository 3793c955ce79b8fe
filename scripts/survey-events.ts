import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { survey } from "../lib/change/survey.ts";
import { plain } from "../lib/notify/plain.ts";

/** Says of CloudTrail's log files, or of saved events, which calls are watched and why others are not. */
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: npm run events -- FOLDER   (CloudTrail's *.json or *.json.gz, or single events)");
  process.exit(2);
}
if (statSync(folder, { throwIfNoEntry: false }) === undefined) {
  console.error(`SKIPPED: there is no ${folder}`);
  process.exit(0);
}

const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  /\.json(\.gz)?$/u.test(name),
);
const records = names.flatMap((name): readonly unknown[] => {
  const bytes = readFileSync(join(folder, name));
  const value: unknown = JSON.parse((name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
  const list: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "Records") : undefined;
  return Array.isArray(list) ? list : [value];
});

const { total, watched, ignored, malformed, lines } = survey(records);
const width = Math.max(...lines.map((line) => line.call.length), 0);
for (const line of lines) {
  console.log(`${String(line.count).padStart(6)}  ${plain(line.call).padEnd(width)}  ${plain(line.outcome)}`);
}
console.log(
  `${total} records in ${names.length} files: ${watched} watched, ${ignored} ignored, ${malformed} malformed`,
);
