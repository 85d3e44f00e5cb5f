const { serve } = require('@holdfast/node/server');
const { instrument, instrumentServer } = require('@holdfast/otel');
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');
const { connect } = require('holdfast');
const { live } = require('./live.cjs');

void live({ serve, instrument, instrumentServer, MeterProvider, MetricReader, connect });
