import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Takes what is posted to an incoming webhook. */
export interface SlackStandIn {
  /** `127.0.0.1:…` */
  readonly host: string;
  readonly webhook: string;
  readonly posted: readonly { readonly text: string }[];
  /** What it answers from now on: 200, or 404 as a revoked webhook does. */
  answer(status: number): void;
  stop(): Promise<void>;
}

export async function slackStandIn(): Promise<SlackStandIn> {
  const posted: { readonly text: string }[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (status === 200) posted.push(JSON.parse(Buffer.concat(chunks).toString()) as { text: string });
      response.writeHead(status).end(status === 200 ? "ok" : "no_service");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    webhook: `http://${host}/services/T/B/x`,
    posted,
    answer: (next) => {
      status = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
