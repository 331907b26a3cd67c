/** The floor: replays emitted resources through the barest constructs of both CDKs, which take any type and any attribute as they come. */
import { CfnResource, type Stack } from 'aws-cdk-lib/core';
import { TerraformDataSource, type TerraformElement, TerraformProvider, TerraformResource, type TerraformStack } from 'cdktf';
import { type BlockKind, type Json, type Maker, replay } from './replay';

class RawResource extends TerraformResource {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

class RawDataSource extends TerraformDataSource {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

class RawProvider extends TerraformProvider {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

const kinds = { provider: RawProvider, data: RawDataSource, resource: RawResource };

const maker: Maker = {
  resource(stack: Stack, logicalId: string, type: string, properties: Json): CfnResource {
    return new CfnResource(stack, logicalId, { type, properties });
  },
  block(
    stack: TerraformStack,
    id: string,
    kind: BlockKind,
    terraformResourceType: string,
    { lifecycle, ...attributes }: Json,
  ): TerraformElement {
    const element = new kinds[kind](stack, id, { terraformResourceType });
    element.attributes = attributes;
    // The constructs would replace it by the one of their own properties.
    if (lifecycle !== undefined) element.addOverride('lifecycle', lifecycle);
    return element;
  },
};

replay(maker);
