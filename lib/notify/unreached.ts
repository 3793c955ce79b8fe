/** One way that alerts take, and whether its receiver has said yes to it. */
export interface AlertRoute {
  readonly protocol: string;
  /** A queue's or function's ARN; of an e-mail address only its first letter and domain. */
  readonly endpoint: string;
  readonly confirmed: boolean;
}

/** What to say after a deployment of a topic's routes that reach nobody yet; nothing where all do. */
export function unreached(about: string, routes: readonly AlertRoute[]): readonly string[] {
  const open = routes.filter(({ confirmed }) => !confirmed);
  if (routes.length === 0) return [`nobody is subscribed: ${about} is told to nobody`];
  const lines = open.map(
    ({ protocol, endpoint }) =>
      `not confirmed: the ${protocol} subscription of ${endpoint}. Until its owner follows the link of the ` +
      `message "AWS Notification - Subscription Confirmation", ${about} is not told there.`,
  );
  return open.length === routes.length ? [...lines, `until then nobody is told of ${about}`] : lines;
}
