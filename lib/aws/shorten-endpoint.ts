/** Enough to know which address is meant, too little to write to it; a URL may hold a token. */
export function shortenEndpoint(protocol: string, endpoint: string): string {
  if (protocol.startsWith("email")) return endpoint.replace(/^(.)[^@]*/u, "$1…");
  if (protocol.startsWith("http") && URL.canParse(endpoint)) return new URL(endpoint).origin;
  return protocol === "sms" ? `…${endpoint.slice(-3)}` : endpoint;
}
