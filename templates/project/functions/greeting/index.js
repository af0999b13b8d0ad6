"use strict";

exports.main_handler = async (event) => `Hello, ${event.name ?? "world"}.`;
