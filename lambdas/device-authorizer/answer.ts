/** What AWS IoT is told (DG, "Defining your Lambda function"). A refusal says nothing else, whatever its reason. */
export type AuthorizerAnswer =
  | {
      readonly isAuthenticated: true;
      readonly principalId: string;
      readonly policyDocuments: readonly string[];
      readonly disconnectAfterInSeconds: number;
      readonly refreshAfterInSeconds: number;
    }
  | { readonly isAuthenticated: false };

export const refusal: AuthorizerAnswer = { isAuthenticated: false };

/** The shortest that AWS IoT takes, and the longest (AWS General Reference, AWS IoT Core quotas). */
export const SHORTEST_SECONDS = 300;
const LONGEST_SECONDS = 86_400;

export const within = (seconds: number): number => Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, Math.floor(seconds)));
