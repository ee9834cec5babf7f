/** What is wrong with a line. The message has no secret in it, and says what would do. */
export class RequirementError extends Error {}
