import { catalogue } from "../../lib/config/catalogue.generated.ts";

/** The policies of AWS that the catalogue pins, as AWS has them: name with path to document. */
export const pinnedPolicies = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    catalogue.flatMap(({ policies }) =>
      Object.values(policies).flatMap(({ arn, document }) =>
        arn === undefined
          ? []
          : [
              [
                arn.replace(/^.*:policy\//, ""),
                JSON.parse(JSON.stringify(document).replaceAll("{{partition}}", "aws")) as unknown,
              ],
            ],
      ),
    ),
  );
