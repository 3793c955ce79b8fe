/** Put there when the stack is packaged. */
declare module "rolecall:stack" {
  /** The watched part of the stack's own template as JSON text. */
  export const template: string;
}
