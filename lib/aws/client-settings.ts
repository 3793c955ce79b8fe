/**
 * For reads of IAM and EC2: their limits are undocumented and cannot be raised. The adaptive mode slows a
 * client down as a whole, and eight attempts outlast a burst of throttling within a function's time.
 */
export const patient = {
  retryMode: "adaptive",
  maxAttempts: 8,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
} as const;

/** For queues, topics and the ledger: a few quick attempts; what fails is delivered again. */
export const brisk = {
  retryMode: "standard",
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000 },
} as const;

/** For what is waited for by somebody who holds a lease, or can do without it: at most half a minute in all. */
export const prompt = {
  retryMode: "standard",
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000 },
} as const;
