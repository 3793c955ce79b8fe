/** All of Lambda's client that asking needs: what is imported dynamically as a whole is bundled as a whole. */
export { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
