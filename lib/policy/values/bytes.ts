const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a text in base64 stands for, a character for each byte; undefined: it is not base64. */
export const readBytes = (text: string): string | undefined => (base64.test(text) ? atob(text) : undefined);
