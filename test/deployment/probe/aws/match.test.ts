import { describe, expect, it } from 'vitest';
import { matchAll } from '../../../../lib/deployment/probe/aws/match';
import type { LiveResource, Reader } from '../../../../lib/deployment/probe/readers/reader';
import { unresolved } from '../../../../lib/readback/compare/values';

const reader: Reader = { type: 'AWS::EC2::Route', live: async () => [], idOf: ({ properties }) => `${properties.RouteTableId}` };
const others: LiveResource = { id: 'sgr-1', within: 'sg-1', properties: { GroupId: 'sg-1', CidrIp: '10.0.0.0/8' } };
const about = { stack: 'zones', type: reader.type };

describe('what a template declares', () => {
  it('is nowhere as long as it was not made, whatever else says the same', () => {
    const declared = { ...about, logicalId: 'route', properties: { RouteTableId: unresolved, CidrIp: '10.0.0.0/8' } };
    for (const by of [reader, { ...reader, idOf: undefined }]) {
      const { pairs, rest } = matchAll([declared], [others], by);
      expect(pairs).toEqual([[declared, undefined]]);
      expect(rest).toEqual([others]);
    }
  });

  it('is known by what it says where it stands in something that was made', () => {
    const declared = { ...about, logicalId: 'group.rules[0]', within: 'sg-1', properties: { GroupId: 'sg-1', CidrIp: '10.0.0.0/8' } };
    expect(matchAll([declared], [others], { ...reader, idOf: undefined }).pairs).toEqual([[declared, others]]);
  });
});
