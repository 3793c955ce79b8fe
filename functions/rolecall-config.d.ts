/** Put there when the stack is packaged. */
declare module "rolecall:config" {
  /** The compiled configuration as JSON text. */
  export const compiled: string;
}
