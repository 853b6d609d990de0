/** What AWS answers, and undefined where it says that there is no such thing. */
export const unlessMissing = async <Answer>(request: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Error && MISSING.has(error.name)) return undefined;
    throw error;
  }
};

const MISSING: ReadonlySet<string> = new Set([
  'ResourceNotFoundException', // AWS IoT, Lambda, EventBridge
  'NoSuchEntityException', // IAM
  'ParameterNotFound', // Systems Manager
  'QueueDoesNotExist', // SQS, and as older protocols name it:
  'AWS.SimpleQueueService.NonExistentQueue',
  'NotFoundException', // SNS
]);
