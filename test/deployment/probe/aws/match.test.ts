import { describe, expect, it } from 'vitest';
import { matchAll } from '../../../../lib/deployment/probe/aws/match';
import type { LiveResource, Reader } from '../../../../lib/deployment/probe/readers/reader';
import { unresolved } from '../../../../lib/readback/compare/values';

const reader: Reader = { type: 'AWS::EC2::Route', live: async () => [], idOf: ({ properties }) => `${properties.RouteTableId}` };
const foreign: LiveResource = { id: 'sgr-1', parentId: 'sg-1', properties: { GroupId: 'sg-1', CidrIp: '10.0.0.0/8' } };
const about = { stack: 'zones', type: reader.type };

describe('matchAll', () => {
  it('matchAll pairs a resource that does not exist yet with no live one, even if the content is the same', () => {
    const declared = { ...about, logicalId: 'route', properties: { RouteTableId: unresolved, CidrIp: '10.0.0.0/8' } };
    for (const by of [reader, { ...reader, idOf: undefined }]) {
      const { pairs, undeclared } = matchAll([declared], [foreign], by);
      expect(pairs).toEqual([[declared, undefined]]);
      expect(undeclared).toEqual([foreign]);
    }
  });

  it('matchAll pairs an inline resource with the live one of the same content', () => {
    const declared = { ...about, logicalId: 'group.rules[0]', parentId: 'sg-1', properties: { GroupId: 'sg-1', CidrIp: '10.0.0.0/8' } };
    expect(matchAll([declared], [foreign], { ...reader, idOf: undefined }).pairs).toEqual([[declared, foreign]]);
  });
});
