import type { Io, Terminal } from "../../lib/cli/io.ts";

/** A terminal that keeps what was said to it. */
export interface FakeIo extends Io {
  readonly said: { out: string; err: string };
}

export function fakeIo(
  given: { env?: Io["env"]; cwd?: string; terminal?: Partial<Terminal>; answer?: string } = {},
): FakeIo {
  const said = { out: "", err: "" };
  return {
    said,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    env: given.env ?? {},
    cwd: given.cwd ?? process.cwd(),
    terminal: { out: false, err: false, in: false, columns: 100, colours: false, ...given.terminal },
    ask: async (question) => {
      said.err += question;
      return given.answer ?? "";
    },
    onInterrupt: () => () => {},
  };
}
