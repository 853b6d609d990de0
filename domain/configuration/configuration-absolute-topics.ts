import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration } from './configuration-schema.ts';

/** A topic outside every root is nobody's: somebody must say why it is shared, and it must not lie where somebody else is at home. */
export const absoluteTopicMistakes = ({
  topicPrefix,
  lines,
}: Pick<Configuration, 'topicPrefix' | 'lines'>): readonly ConfigurationMistake[] =>
  lines.flatMap(({ sharedTopics }, lineIndex) =>
    sharedTopics.flatMap(({ topic, absolute, reason }, index) => {
      if (!absolute) return [];
      const where = `lines.${lineIndex}.sharedTopics.${index}`;
      return [
        ...(reason === undefined
          ? [{ where: `${where}.reason`, got: `nothing, though "${topic}" lies outside the line's root`, ...unexplained }]
          : []),
        ...(topic.split('/')[0] === topicPrefix
          ? [{ where: `${where}.topic`, got: `"${topic}" as an absolute name`, ...owned(topicPrefix) }]
          : []),
      ];
    }),
  );

const unexplained = {
  allowed: 'a reason of at least 10 characters beside absolute: true',
  fix: "say why these devices cannot be told another topic, or remove absolute: the topic then lies below the line's root",
};

const owned = (topicPrefix: string) => ({
  allowed: `a name that does not begin with "${topicPrefix}/", where each topic has its owner`,
  fix: 'name a topic of these devices alone, or remove absolute',
});
