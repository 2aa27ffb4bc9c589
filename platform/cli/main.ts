#!/usr/bin/env node
console.log('plumbline', process.version)
