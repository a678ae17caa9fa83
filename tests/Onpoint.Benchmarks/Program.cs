using System.CommandLine;
using Onpoint.Benchmarks.Ratios;
using Onpoint.Benchmarks.Recovery;

RootCommand root = new("How fast Onpoint is beside the program an expert would use instead, and how often its numbers are right.") { RatiosCommand.Create(), RecoveryCommand.Create() };
return await root.Parse(args).InvokeAsync();
