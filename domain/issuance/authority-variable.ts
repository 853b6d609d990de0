/** The variable that tells functions which take certificates out of use the ARN of the own authority; none where there is none. */
export const AUTHORITY_VARIABLE = 'AUTHORITY_ARN';
