/**
 * Before a deployment, what a resource will answer to Ref and GetAtt is not known. It then stands in strings as a
 * symbol: text between NUL characters, which no template can hold. Two plans are compared symbol by symbol.
 */
export const symbol = (text: string): string => `\0${text}\0`;

export const isSymbolic = (value: unknown): value is string => typeof value === 'string' && value.includes('\0');

/** The question to a resource that a symbol stands for. */
export interface ResourceQuestion {
  readonly logicalId: string;
  /** Without it, the question is `Ref`. */
  readonly attribute: string | undefined;
}

/** Asks one resource: `Ref`, or `Fn::GetAtt` of an attribute. */
export const questionSymbol = ({ logicalId, attribute }: ResourceQuestion): string =>
  symbol(attribute === undefined ? `Ref ${logicalId}` : `GetAtt ${logicalId}.${attribute}`);

// Symbols within symbols stand in JSON text, where NUL is escaped.
const questions = /(?:\0|\\u0000)(?:Ref|GetAtt) ([A-Za-z0-9]+)(?:\.([^\0\\]+))?(?:\0|\\u0000)/g;

/** The questions in a text, also those within composite symbols. */
export const questionsIn = (text: string): readonly ResourceQuestion[] =>
  [...text.matchAll(questions)].map(([, logicalId = '', attribute]) => ({ logicalId, attribute }));

/** The text with every question answered; undefined where one has no answer, or a symbol is composite. */
export const answerQuestions = (text: string, answer: (question: ResourceQuestion) => string | undefined): string | undefined => {
  const answered = text.replace(
    questions,
    (whole, logicalId: string, attribute: string | undefined) => answer({ logicalId, attribute }) ?? whole,
  );
  return isSymbolic(answered) ? undefined : answered;
};
