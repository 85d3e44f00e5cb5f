import { serve } from '@holdfast/node/server';
import { instrument, instrumentServer } from '@holdfast/otel';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { connect } from 'holdfast';
import { live } from './live.cjs';

await live({ serve, instrument, instrumentServer, MeterProvider, MetricReader, connect });
