using System.CommandLine;
using Onpoint.Benchmarks.Ratios;

RootCommand root = new("How fast Onpoint is, where possible beside the program an expert would use instead.") { RatiosCommand.Create() };
return await root.Parse(args).InvokeAsync();
