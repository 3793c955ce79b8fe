import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, Answers } from "./answer.ts";
import type { SavedAccount } from "./saved-account.ts";

/** What goes wrong with a call. */
export type Fault = "AccessDenied" | "Throttling" | "cut";

export interface ServedAccount {
  readonly url: string;
  /** Actions in the order they came, without those of `faults` that were retried away. */
  readonly calls: string[];
  /** May be changed while it runs. */
  readonly faults: Map<string, Fault>;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** The most entries in a page; IAM's own limit when not given. */
  readonly pageSize?: number;
  /** Milliseconds added to each call. */
  readonly latency?: number;
}

/**
 * An account that speaks the AWS query protocol as IAM, STS and EC2 do, and pages as they do, which no
 * emulator does. Signatures are not looked at, but for the region in them.
 */
export async function serveAccount(
  account: SavedAccount,
  options: ServeOptions = {},
): Promise<ServedAccount> {
  const answers = new Answers(account, options.pageSize ?? 1000);
  const calls: string[] = [];
  const faults = new Map<string, Fault>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const query = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const action = query["Action"] ?? "";
      const [, region = "", service = ""] =
        /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
      calls.push(action);
      const fault = faults.get(action);
      const answer: Answer =
        fault === undefined || fault === "cut" ? answers.answer(action, query, region) : { error: fault };
      setTimeout(() => send(response, action, service, answer, fault === "cut"), options.latency ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const statusOf: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  UnauthorizedOperation: 403,
  NoSuchEntity: 404,
};

function send(response: ServerResponse, action: string, service: string, answer: Answer, cut: boolean): void {
  const ec2 = service === "ec2";
  let status = 200;
  let body: string;
  if ("error" in answer) {
    const code = ec2
      ? ({ AccessDenied: "UnauthorizedOperation", Throttling: "RequestLimitExceeded" }[answer.error] ??
        answer.error)
      : answer.error;
    status = statusOf[code] ?? 400;
    const error = `<Code>${code}</Code><Message>${action} is answered with ${code}</Message>`;
    body = ec2
      ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>r-1</RequestID></Response>`
      : `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>${error}</Error><RequestId>r-1</RequestId></ErrorResponse>`;
  } else if (ec2) {
    body = `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r-1</requestId>${answer.xml}</${action}Response>`;
  } else {
    body = `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${answer.xml}</${action}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${action}Response>`;
  }
  if (cut) body = body.slice(0, Math.floor(body.length / 2));
  response.writeHead(status, { "content-type": "text/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}
