import type { Notifier } from "../notify/port.ts";
import { renderEmail } from "../notify/render-email.ts";

/** Prints each digest as its e-mail subscriber would read it. */
export function consoleNotifier(write: (text: string) => void): Notifier {
  return {
    publish: async (digest) => {
      const { subject, body } = renderEmail(digest);
      write(`Subject: ${subject}\n\n${body}\n`);
    },
  };
}
