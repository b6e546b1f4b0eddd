import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../../shared/yaml/read.ts';
import { fillTemplate, templates, titleOf } from './draft.ts';

describe('templates', () => {
  it.each(templates.map((template) => [template.id, template] as const))('%s is good YAML under a fresh name', (_, template) => {
    const text = fillTemplate(template, 'analytics', () => 0.5);
    const { documents, problems } = readDocuments(text);
    expect(problems).toEqual([]);
    expect(text).not.toMatch(/NAME/);
    const application = documents.find((document) => document.value.kind === 'SparkApplication');
    expect(application?.value.metadata).toEqual({ name: `${template.stem}-nnnn`, namespace: 'analytics' });
    expect(titleOf(text)).toMatch(new RegExp(`^${template.stem}-nnnn`));
  });

  it('makes another name the next time', () => {
    let at = 0;
    const random = () => (at++ % 7) / 7;
    const [template] = templates;
    expect(fillTemplate(template, 'a', random)).not.toBe(fillTemplate(template, 'a', random));
  });
});

describe('titleOf', () => {
  it.each([
    ['kind: A\nmetadata:\n  labels:\n    a: b\n\n  # the name\n  name: "pi"  # here\n', 'pi'],
    ['kind: A\nmetadata: {namespace: default, name: pi}\n', 'pi'],
    ['metadata: {name: one}\n---\nmetadata:\n  name: two\n', 'one'],
    ['metadata:\nspec:\n  name: no\n', 'untitled'],
    ['', 'untitled'],
    ['metadata:\n  name:\n', 'untitled'],
    [`metadata:\n${'  # comment\n'.repeat(5000)}x`, 'untitled'],
  ])('%.80j is %s', (text, title) => expect(titleOf(text)).toBe(title));
});
